"""Stand-ins of legacy schedulers and their command lines, beside emitted workflows on one clock."""
