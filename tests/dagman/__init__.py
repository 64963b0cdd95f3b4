"""DAGs whose outcomes the real engine has decided."""
