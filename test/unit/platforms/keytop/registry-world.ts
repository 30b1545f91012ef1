import { expect } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, type Data, MINUTE } from '../platform-station.ts';
import type { KeytopWorld, Spelling } from './keytop-world.ts';

/** Asking for cards, lists and bookings as the third party does, and looking at what became of it. */

export const DONE = { resCode: 0, resMsg: '', data: null };

/** The rows of an answer that must be good. */
export async function rowsOf(world: KeytopWorld, name: string, fields: Data = {}, spelling: Spelling = {}) {
  const answer = await world.call(name, fields, spelling);
  expect(answer).toMatchObject({ resCode: 0, resMsg: '' });
  return answer.data ?? [];
}

/** The one number that an answer tells under a name. */
export async function numberOf(world: KeytopWorld, message: string, name: string, fields: Data): Promise<number> {
  const [row] = await rowsOf(world, message, fields);
  const number = row?.[name];
  if (typeof number !== 'number') throw new Error(`no ${name}`);
  return number;
}

const rowCount = (world: KeytopWorld): number => world.read.journal.after(0, 10_000).length;

/** It is refused with these words, and the journal is as it was. */
export async function refused(world: KeytopWorld, name: string, fields: Data, words: string | RegExp): Promise<void> {
  const before = rowCount(world);
  const answer = await world.call(name, fields);
  expect(answer).toMatchObject({ resCode: 1, data: null });
  expect(answer.resMsg).toMatch(words);
  expect(rowCount(world)).toBe(before);
}

/** It is answered well, and the journal is as it was: the request was carried out before. */
export async function repeated(world: KeytopWorld, name: string, fields: Data): Promise<unknown> {
  const before = rowCount(world);
  const answer = await world.call(name, fields);
  expect(answer).toMatchObject({ resCode: 0 });
  expect(rowCount(world)).toBe(before);
  return answer.data;
}

/** Drives to an exit, pays in cash what is due there, and leaves. */
export function leave(world: KeytopWorld, plate: string, lane = OUT.id, photo: Uint8Array | null = null): void {
  world.car(lane, plate, photo);
  const { phase, passage } = world.lanes.state(lane);
  if (phase !== 'charging' || !passage?.bill) return;
  const { dueFen } = passage.bill;
  world.lanes.order(lane, { type: 'collect', method: 'cash', amountFen: dueFen, receivedFen: dueFen, actor: ANNA });
}

/** Came in, stood so long, paid in cash at the exit where something was due, and left. */
export async function visit(world: KeytopWorld, plate: string, minutes: number): Promise<string> {
  const uid = await world.parked(minutes, plate);
  leave(world, plate);
  world.clock.jumpWall(MINUTE);
  return uid;
}
