"""The Flyte target: `plan` makes every decision, `render` prints."""
