"""Facts about a network to workflows: who starts, who waits, who reports; nothing of a target."""
