import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../../shared/contract/index.ts';
import {
  allRights,
  freeProcedures,
  openWhileLocked,
  rightOf,
  rights,
  rightsOf,
} from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';

const procedure = z.object({ '~orpc': z.object({ meta: z.object({ access: z.string() }) }) });

/** Every procedure of the contract by its name, with the access it was given. */
function walk(node: unknown, path: readonly string[] = []): [string, string][] {
  const parsed = procedure.safeParse(node);
  if (parsed.success) return [[path.join('.'), parsed.data['~orpc'].meta.access]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => walk(child, [...path, key]));
}
const procedures = walk(contract);
const guarded = procedures.filter(([, access]) => access !== 'public');
const ROLES: readonly Role[] = ['attendant', 'manager', 'admin'];

describe('every procedure of the contract', () => {
  it('stands under exactly one right, or is free for whoever is signed in', () => {
    const claimed = allRights.flatMap((right) => [...rights[right].procedures]);
    expect(claimed.filter((name, index) => claimed.indexOf(name) !== index)).toEqual([]);
    expect(guarded.map(([name]) => name).filter((name) => !rightOf(name) && !freeProcedures.has(name))).toEqual([]);
    expect(claimed.filter((name) => freeProcedures.has(name))).toEqual([]);
  });

  it('exists where a right names it', () => {
    const known = new Set(procedures.map(([name]) => name));
    const named = [...allRights.flatMap((right) => rights[right].procedures), ...freeProcedures, ...openWhileLocked];
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('is open to the same roles by its right as by the access in the contract', () => {
    const different = guarded.filter(([name, access]) => {
      const right = rightOf(name);
      return (right ? rights[right].rank : 'attendant') !== access;
    });
    expect(different).toEqual([]);
  });
});

describe('posts', () => {
  it('take rights away and give single ones; what is not grantable no post gives', () => {
    const senior = rightsOf('attendant', {
      without: ['lane.hold'],
      plus: ['list.edit', 'tariff.publish', 'user.manage'],
    });
    expect(senior.has('lane.hold')).toBe(false);
    expect(senior.has('list.edit')).toBe(true);
    expect(senior.has('tariff.publish')).toBe(false);
    expect(senior.has('user.manage')).toBe(false);
  });

  it('give nobody what would tell a cashier the drawer before the count, nor prices, approvals, settings or people', () => {
    const all = rightsOf('attendant', { without: [], plus: allRights });
    for (const right of [
      'report.read',
      'audit.read',
      'shift.manage',
      'refund.approve',
      'settings.rules',
      'stay.correct',
    ])
      expect([...all]).not.toContain(right);
  });

  it.each(ROLES)('a %s without a post has what the role had before there were posts', (role) => {
    const order = ROLES.indexOf(role);
    const expected = guarded.filter(([, access]) => ROLES.slice(0, order + 1).some((each) => each === access));
    const has = rightsOf(role, null);
    const open = guarded.filter(([name]) => {
      const right = rightOf(name);
      return right === undefined || has.has(right);
    });
    expect(open.map(([name]) => name)).toEqual(expected.map(([name]) => name));
  });
});

it('a locked screen may do nothing that changes anything but itself', () => {
  const acts = new Set(['auth.signOut', 'auth.lock', 'auth.unlock', 'auth.checkExit']);
  const method = z.object({ '~orpc': z.object({ route: z.object({ method: z.string() }) }) });
  const at = (path: string): unknown =>
    path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], contract);
  for (const name of openWhileLocked)
    if (!acts.has(name)) expect([name, method.parse(at(name))['~orpc'].route.method]).toEqual([name, 'GET']);
});
