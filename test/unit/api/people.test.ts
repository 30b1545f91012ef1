import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../electron/station/api/accounts.ts';
import { People } from '../../../electron/station/api/people.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { QUICK_PASSWORDS } from '../../support/quick-passwords.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
let accounts: Accounts;
let people: People;
let next = 0;
beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  accounts = new Accounts(temp.store, clock, QUICK_PASSWORDS);
  people = new People({ store: temp.store, clock, accounts, ids: { next: (prefix) => `${prefix}_${++next}` } });
  accounts.signOut((await accounts.setUp('店长', 'correct horse')).principal);
});
afterEach(() => temp.dispose());

const plain = { displayName: '', number: '', postId: null, disabled: false } as const;
const cashier = (name: string, more: object = {}) =>
  people.create({ ...plain, name, password: `${name} password`, role: 'attendant', ...more }, '店长');
async function signIn(name: string, password = `${name} password`) {
  const signedIn = await accounts.signIn(name, password);
  if (!signedIn) throw new Error(`${name} could not sign in`);
  return signedIn;
}
const kinds = (kind: string): unknown[] =>
  temp.store.read.journal
    .list({ limit: 100 })
    .filter((event) => event.kind === kind)
    .map((event) => event.body)
    .reverse();

describe('the last who may manage the accounts', () => {
  it('is neither disabled nor lowered, by nobody and by no post', async () => {
    await cashier('二号', { role: 'admin' });
    expect(() => people.change('店长', { role: 'manager' }, '店长')).toThrow(/自己的账号/);
    people.change('店长', { role: 'manager' }, '二号');
    expect(() => people.change('二号', { disabled: true }, '店长')).toThrow(/至少须保留/);
    const bound = people.putPost(null, { name: '值班', role: 'admin', without: ['user.manage'], plus: [] }, '二号');
    expect(() => people.change('二号', { postId: bound.id }, '店长')).toThrow(/至少须保留/);
    const free = people.putPost(null, { name: '主管', role: 'admin', without: [], plus: [] }, '二号');
    people.change('二号', { postId: free.id }, '店长');
    expect(() =>
      people.putPost(free.id, { name: '主管', role: 'admin', without: ['user.manage'], plus: [] }, '二号'),
    ).toThrow(/至少须保留/);
    expect(temp.store.read.posts.get(free.id)?.without).toEqual([]);
    expect((await signIn('二号')).principal.rights.has('user.manage')).toBe(true);
  });
});

describe('a post', () => {
  it('changes the rights of who is signed in at once, and back', async () => {
    await cashier('小王');
    const { principal } = await signIn('小王');
    const post = people.putPost(
      null,
      { name: '收费班长', role: 'attendant', without: ['lane.hold'], plus: ['list.edit'] },
      '店长',
    );
    people.change('小王', { postId: post.id }, '店长');
    const now = accounts.present(principal);
    expect([now?.rights.has('lane.hold'), now?.rights.has('list.edit'), now?.post?.name]).toEqual([
      false,
      true,
      '收费班长',
    ]);
    people.change('小王', { postId: null }, '店长');
    expect(accounts.present(principal)?.rights.has('list.edit')).toBe(false);
  });

  it('cannot give what only a rank gives, belongs to its role, and stays while somebody holds it', async () => {
    expect(() =>
      people.putPost(null, { name: 'x', role: 'attendant', without: [], plus: ['report.read'] }, '店长'),
    ).toThrow(/不能另行授予/);
    const post = people.putPost(null, { name: '夜班', role: 'attendant', without: [], plus: [] }, '店长');
    await expect(cashier('经理', { role: 'manager', postId: post.id })).rejects.toMatchObject({ reason: 'post-role' });
    await cashier('小李', { postId: post.id });
    expect(() => people.removePost(post.id, '店长')).toThrow(/小李/);
    expect(people.change('小李', { role: 'manager' }, '店长').postId).toBeNull();
    people.removePost(post.id, '店长');
    expect(people.posts()).toEqual([]);
  });
});

describe('an account', () => {
  it('that is disabled is out at once, and its password opens nothing', async () => {
    await cashier('小王');
    const { principal, token } = await signIn('小王');
    people.change('小王', { disabled: true }, '店长');
    expect(accounts.present(principal)).toBeNull();
    expect(accounts.resume(token)).toBeNull();
    await expect(accounts.signIn('小王', '小王 password')).rejects.toMatchObject({ reason: 'user-disabled' });
    expect(await accounts.signIn('小王', 'wrong')).toBeNull();
    people.change('小王', { disabled: false }, '店长');
    expect((await signIn('小王')).principal.name).toBe('小王');
    expect(kinds('sign-in-ended')).toContainEqual({ name: '小王', how: 'disabled' });
  });

  it('signs in by its number too; a number means one person only', async () => {
    await cashier('小王', { number: '0007' });
    expect((await signIn('0007', '小王 password')).principal.name).toBe('小王');
    await expect(cashier('小李', { number: '0007' })).rejects.toMatchObject({ reason: 'number-taken' });
    await expect(cashier('0007')).rejects.toMatchObject({ reason: 'name-taken' });
    await expect(cashier('小李', { number: '小王' })).rejects.toMatchObject({ reason: 'number-taken' });
    for (let time = 0; time < 5; time += 1) await accounts.signIn('0007', 'wrong');
    await expect(accounts.signIn('小王', '小王 password')).rejects.toThrow('too many');
  });

  it('loses its old sign-ins with its password; one’s own change keeps the one that made it', async () => {
    await cashier('小王');
    const [here, there] = [await signIn('小王'), await signIn('小王')];
    await expect(accounts.changePassword(here.principal, 'wrong', 'new password')).rejects.toMatchObject({
      reason: 'wrong-password',
    });
    await accounts.changePassword(here.principal, '小王 password', 'new password');
    expect([accounts.present(here.principal)?.name, accounts.present(there.principal)]).toEqual(['小王', null]);
    await people.resetPassword('小王', 'third password', '店长');
    expect(accounts.present(here.principal)).toBeNull();
    expect(await accounts.signIn('小王', 'new password')).toBeNull();
    expect((await signIn('小王', 'third password')).principal.name).toBe('小王');
    const dump = JSON.stringify(temp.db.prepare('SELECT * FROM journal').all());
    expect(dump).not.toMatch(/new password|third password/);
  });
});

describe('one account at one screen', () => {
  it('the newest ends the others', async () => {
    await people.changeRules({ oneSignIn: 'newest' }, '店长');
    const first = await signIn('店长', 'correct horse');
    await signIn('店长', 'correct horse');
    expect(accounts.present(first.principal)).toBeNull();
    expect(kinds('sign-in-ended')).toContainEqual({ name: '店长', how: 'replaced' });
  });

  it('or a further one is refused while the other is in use, and not for a window that is gone', async () => {
    await people.changeRules({ oneSignIn: 'refuse' }, '店长');
    const first = await signIn('店长', 'correct horse');
    await clock.advance(20_000);
    accounts.present(first.principal);
    await clock.advance(20_000);
    await expect(signIn('店长', 'correct horse')).rejects.toMatchObject({ reason: 'signed-in-elsewhere' });
    await clock.advance(31_000);
    expect((await signIn('店长', 'correct horse')).principal.name).toBe('店长');
    expect(accounts.present(first.principal)).toBeNull();
  });
});

describe('a locked screen', () => {
  it('stays locked over a reload, and is unlocked by the same person alone', async () => {
    await cashier('小王');
    const { token, principal } = await signIn('小王');
    const locked = accounts.lock(principal, 'break');
    expect(accounts.resume(token)?.principal.lockedAt).toBe(clock.now());
    await expect(accounts.unlock(locked, 'correct horse')).rejects.toMatchObject({ reason: 'wrong-password' });
    expect((await accounts.unlock(locked, '小王 password')).lockedAt).toBeNull();
    expect(accounts.resume(token)?.principal.lockedAt).toBeNull();
    expect(kinds('screen-locked')).toEqual([
      { locked: true, why: 'break' },
      { locked: false, why: null },
    ]);
  });
});

describe('the exit password', () => {
  it('is asked for where it was set, rests after guesses, and lies nowhere in the clear', async () => {
    await accounts.checkExit('anything');
    expect((await people.changeRules({ exitPassword: 'let me out' }, '店长')).exitPassword).toBe(true);
    await accounts.checkExit('let me out');
    for (let time = 0; time < 5; time += 1)
      await expect(accounts.checkExit('guess')).rejects.toMatchObject({ reason: 'wrong-password' });
    await expect(accounts.checkExit('let me out')).rejects.toThrow('too many');
    const dump = JSON.stringify([
      temp.db.prepare('SELECT * FROM meta').all(),
      temp.db.prepare('SELECT * FROM journal').all(),
    ]);
    expect(dump).not.toContain('let me out');
    await people.changeRules({ exitPassword: null }, '店长');
    await accounts.checkExit('anything');
  });
});
