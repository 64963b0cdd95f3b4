0 3 * * * root /usr/local/sbin/rotate
