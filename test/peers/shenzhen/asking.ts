import type { Watch } from '../watch.ts';
import type { Logged } from './desk.ts';
import type { Calls } from './down/calls.ts';
import type { Call, CallOptions } from './down/judge.ts';

/** What came of asking for a record again. */
export interface Asked {
  readonly call: Call;
  readonly entry: Logged | null;
  readonly exit: Logged | null;
  /** Why it is not the very record that was told; empty if all is well. */
  readonly differences: readonly string[];
}

interface Parts {
  readonly cloud: Calls;
  readonly watch: Watch;
  readonly log: readonly Logged[];
}

const ENTRY = 'parkRecordEntry';
const EXIT = 'parkRecordExit';

/** Asks for a record again, and waits until all that was ever told of it has come once more. */
export async function askFor(
  { cloud, watch, log }: Parts,
  recordCode: string,
  { arriveMs = 5_000, ...options }: CallOptions & { readonly arriveMs?: number } = {},
): Promise<Asked> {
  const record = cloud.state.records.get(recordCode);
  const from = log.length;
  const call = await cloud.recordUploadNotice(recordCode, options);
  const arrived = (name: string): Logged | null =>
    log.slice(from).findLast((line) => line.interface === name && line.fields['recordCode'] === recordCode) ?? null;
  const due = [record?.entry && ENTRY, record?.exit && EXIT].filter((name) => typeof name === 'string');
  const isFound = call.ok && call.answer?.data['found'] === true;
  const differences: string[] = [];
  if (!isFound && due.length > 0) differences.push(`${recordCode} is not found (${call.code ?? call.outcome})`);
  if (!isFound) cloud.state.asked.delete(recordCode);
  else
    await watch
      .for(
        () => due.every((name) => arrived(name)),
        recordCode,
        arriveMs,
        () => '',
      )
      .catch(() => differences.push(`${due.filter((name) => !arrived(name)).join(', ')} of ${recordCode} never came`));
  const [entry, exit] = [arrived(ENTRY), arrived(EXIT)];
  for (const line of [entry, exit])
    for (const { rule, detail, proven } of line?.findings ?? []) if (proven) differences.push(`${rule}: ${detail}`);
  return { call, entry, exit, differences };
}
