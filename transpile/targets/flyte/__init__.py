"""Networks to Flyte: `plan` takes every decision, `render` prints."""
