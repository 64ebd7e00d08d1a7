-- An account that is closed, and a password that is not its owner's yet.

ALTER TABLE account ADD COLUMN disabled_at BIGINT;        -- null: it may be used
ALTER TABLE account ADD COLUMN password_given_at BIGINT;  -- null: the owner chose the password
