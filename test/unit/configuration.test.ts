import { afterEach, beforeEach, expect, it } from 'vitest';
import { Accounts } from '../../electron/station/api/accounts.ts';
import { settleConfiguration } from '../../electron/station/configuration.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';

let temp: TempStore;
let accounts: Accounts;
beforeEach(() => {
  const clock = new FakeClock();
  temp = tempStore(clock);
  accounts = new Accounts(temp.store, clock);
});
afterEach(() => temp.dispose());

const REAL = { site: { code: '370200000001', name: '真实停车场', totalSpaces: 10, openSpaces: 10 } };

it('a real configuration after the demo signs its user out and lets the first real one be made', async () => {
  expect(settleConfiguration(temp.store, undefined, true).demo).toBe(true);
  const { token } = await accounts.demo();
  expect(settleConfiguration(temp.store, REAL, false).demo).toBe(false);
  expect(accounts.resume(token)).toBeNull();
  expect(accounts.isEmpty()).toBe(true);
  expect((await accounts.setUp('店长', 'correct horse')).principal.role).toBe('admin');
});

it('the same configuration again keeps its users', async () => {
  settleConfiguration(temp.store, REAL, false);
  await accounts.setUp('演示', 'correct horse');
  settleConfiguration(temp.store, REAL, false);
  expect(accounts.isEmpty()).toBe(false);
});
