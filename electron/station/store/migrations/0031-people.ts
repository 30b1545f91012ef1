import type { Migration } from '../migrate.ts';

/** Posts, what is known of an account beside its role, and the state of each sign-in. */
export const people: Migration = {
  version: 31,
  name: 'people',
  sql: `
ALTER TABLE users ADD COLUMN display_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN post_id TEXT;
-- The journal names people for ever: an account is disabled, never removed.
ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;

ALTER TABLE sign_ins ADD COLUMN since_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_ins ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_ins ADD COLUMN locked_at_ms INTEGER;
CREATE INDEX sign_ins_by_user ON sign_ins (user_name);

CREATE TABLE posts (id TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX posts_by_name ON posts (name);
`,
};
