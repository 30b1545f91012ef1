import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts, LockedOutError } from '../../../electron/station/api/accounts.ts';
import { mayAct } from '../../../electron/station/api/context.ts';
import { hashPassword, verifyPassword } from '../../../electron/station/api/passwords.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
let accounts: Accounts;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  accounts = new Accounts(temp.store, clock);
});
afterEach(() => temp.dispose());

describe('passwords', () => {
  it('are hashed with salt and memory, and never match another', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(await verifyPassword('correct horse', first)).toBe(true);
    expect(await verifyPassword('correct horsf', first)).toBe(false);
    expect(await verifyPassword('correct horse', 'plain$correct horse')).toBe(false);
  });
});

describe('the first user', () => {
  it('is made once, and only while there is none', async () => {
    expect(accounts.isEmpty()).toBe(true);
    const made = await accounts.setUp('店长', 'correct horse');
    expect(made.principal).toMatchObject({ name: '店长', role: 'admin' });
    await expect(accounts.setUp('另一个', 'correct horse')).rejects.toMatchObject({ reason: 'already-set-up' });
    expect(await accounts.signIn('店长', 'correct horse')).not.toBeNull();
  });

  it('leaves no password in the database or the journal', async () => {
    await accounts.setUp('店长', 'correct horse');
    const dump = JSON.stringify([
      temp.db.prepare('SELECT * FROM users').all(),
      temp.db.prepare('SELECT * FROM journal').all(),
      temp.db.prepare('SELECT * FROM sign_ins').all(),
    ]);
    expect(dump).not.toContain('correct horse');
  });
});

describe('signing in', () => {
  it('gives a token of which only a digest is kept, and which runs out', async () => {
    const { token } = await accounts.setUp('a', 'correct horse');
    expect(JSON.stringify(temp.db.prepare('SELECT * FROM sign_ins').all())).not.toContain(token);
    expect(accounts.resume(token)?.principal.name).toBe('a');
    clock.jumpWall(17 * 3_600_000);
    expect(accounts.resume(token)).toBeNull();
  });

  it('ends with signing out', async () => {
    const { token, principal } = await accounts.setUp('a', 'correct horse');
    accounts.signOut(principal);
    expect(accounts.resume(token)).toBeNull();
    expect(accounts.present(principal)).toBeNull();
  });

  it('rests after five wrong passwords, also for the right one, and counts each name for itself', async () => {
    await accounts.setUp('a', 'correct horse');
    for (let time = 0; time < 5; time += 1) expect(await accounts.signIn('a', 'wrong')).toBeNull();
    await expect(accounts.signIn('a', 'correct horse')).rejects.toBeInstanceOf(LockedOutError);
    expect(await accounts.signIn('b', 'wrong')).toBeNull();
    await clock.advance(61_000);
    expect(await accounts.signIn('a', 'correct horse')).not.toBeNull();
    const refused = temp.store.read.journal.list({ limit: 50, kind: 'sign-in-refused' });
    expect(refused.map((event) => event.body)).toEqual(Array.from({ length: 5 }, () => ({ name: 'a' })));
  });
});

describe('users of a provision file', () => {
  it('are made once, changed when the file changed, and left alone otherwise', async () => {
    const user = { name: 'b', password: 'correct horse', role: 'attendant' } as const;
    await accounts.provision([user]);
    const hash = temp.store.read.users.get('b')?.password_hash;
    await accounts.provision([user]);
    expect(temp.store.read.users.get('b')?.password_hash).toBe(hash);
    await accounts.provision([{ ...user, password: 'another horse' }]);
    expect(await accounts.signIn('b', 'another horse')).not.toBeNull();
    expect(await accounts.signIn('b', 'correct horse')).toBeNull();
  });
});

describe('roles', () => {
  it.each([
    ['attendant', 'attendant', true],
    ['attendant', 'manager', false],
    ['manager', 'attendant', true],
    ['manager', 'admin', false],
    ['admin', 'manager', true],
  ] as const)('%s acting as %s: %s', (role, needed, may) => {
    expect(mayAct(role, needed)).toBe(may);
  });
});

it('counts wrong passwords that come all at once like any others', async () => {
  await accounts.setUp('店长', 'correct horse');
  const guesses = Array.from({ length: 20 }, (_, guess) =>
    accounts.signIn('店长', `guess ${guess}`).catch((error: unknown) => error),
  );
  const outcomes = await Promise.all(guesses);
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(5);
  expect(outcomes.filter((outcome) => outcome instanceof LockedOutError)).toHaveLength(15);
});
