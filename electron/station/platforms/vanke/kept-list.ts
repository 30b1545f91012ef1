import { z } from 'zod';
import type { StationCommands } from '../platform.ts';

const schema = z.array(z.tuple([z.string(), z.int()]));

/** Things and the moments they began, as they were remembered. A list, not an object: nothing may be taken for a date of its own. */
export function recallList(commands: Pick<StationCommands, 'recall'>, key: string): Map<string, number> {
  try {
    return new Map(schema.parse(JSON.parse(commands.recall('vanke', key) ?? '[]')));
  } catch {
    return new Map();
  }
}

export function rememberList(
  commands: Pick<StationCommands, 'remember'>,
  key: string,
  list: ReadonlyMap<string, number>,
): void {
  commands.remember('vanke', key, JSON.stringify([...list]));
}
