import { z } from 'zod';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { Clock } from '../runtime/ports.ts';
import type { StationCommands } from './platform.ts';

/** What a platform must know again of orders, quotes and the like beyond bills and payments: durable, and forgotten by itself. */

interface Needed {
  readonly clock: Clock;
  readonly commands: Pick<StationCommands, 'recall' | 'remember'>;
}

/** Nobody asks for an order, or pays it, after so long. */
const KEPT_MS = 400 * 24 * 3_600_000;

const keptSchema = z.object({ until: z.int(), value: z.unknown() });

export interface Mark<S extends z.ZodType> {
  recall(id: string, context: Needed): z.output<S> | undefined;
  remember(id: string, value: z.input<S>, context: Needed): void;
}

/** Gives a platform its marks: `const mark = marksOf('keytop')`, then one per kind, each with the schema of what it keeps. */
export const marksOf =
  (platform: PlatformId) =>
  <S extends z.ZodType>(name: string, schema: S): Mark<S> => {
    const read = (id: string, { commands }: Needed): z.output<S> | undefined => {
      const text = commands.recall(platform, `${name}:${id}`);
      const kept = text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
      return kept && schema.safeParse(kept.value).data;
    };
    return {
      recall: read,
      remember: (id, value, context) => {
        if (JSON.stringify(read(id, context)) === JSON.stringify(value)) return;
        const until = context.clock.now() + KEPT_MS;
        context.commands.remember(platform, `${name}:${id}`, JSON.stringify({ until, value }));
      },
    };
  };
