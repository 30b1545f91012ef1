import { z } from 'zod';
import { actorSchema, eventBodies } from '../../../shared/domain/events.ts';
import type { CommandOutcome } from '../devices/device.ts';
import { errorText } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';

const ended = { outcome: true, detail: true } as const;
const about = { key: z.string().nullable(), laneId: z.string().nullable(), actor: actorSchema };

/** What a printer is told to do: all of its event but how it ended. */
const jobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('receipt-printed'), ...about, body: eventBodies['receipt-printed'].omit(ended) }),
  z.object({ kind: z.literal('drawer-opened'), ...about, body: eventBodies['drawer-opened'].omit(ended) }),
]);
export type Job = z.infer<typeof jobSchema>;

const CUT_SHORT = {
  'receipt-printed': '打印途中工作站停止',
  'drawer-opened': '弹开途中工作站停止',
} as const;

/**
 * What printers are doing, on disk before their first byte and until its event is: so a crash leaves no paper and no open drawer that
 * nobody wrote down.
 */
export class JobBook {
  readonly #store: Pick<Store, 'read' | 'write'>;
  readonly #log: Log;

  constructor(store: Pick<Store, 'read' | 'write'>, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /** One commit, however many. What cannot be written down is not begun: it throws. */
  begin<T extends { readonly job: Job }>(tasks: readonly T[]): (T & { readonly jobId: number })[] {
    return this.#store.write((tx) =>
      tasks.map((task) => ({ ...task, jobId: tx.printJobs.add(JSON.stringify(task.job)) })),
    );
  }

  /** The paper is there, whatever becomes of the note about it. */
  end(jobId: number, job: Job, how: CommandOutcome): void {
    this.#write((tx) => {
      record(tx, job, how);
      tx.printJobs.remove(jobId);
    });
  }

  /** After a start: what was cut short may be on paper, so it is told and not done again. */
  settle(): void {
    if (this.#store.read.printJobs.all().length === 0) return;
    this.#write((tx) => {
      for (const { id, job } of tx.printJobs.all()) {
        const known = parsed(job);
        if (known) record(tx, known, { outcome: 'unknown', detail: CUT_SHORT[known.kind] });
        else this.#log.error('what was being printed could not be read', { job });
        tx.printJobs.remove(id);
      }
    });
  }

  #write(work: (tx: Tx) => void): void {
    try {
      this.#store.write(work);
    } catch (error) {
      this.#log.error('what was printed could not be written down', { error: errorText(error) });
    }
  }
}

function parsed(json: string): Job | undefined {
  try {
    return jobSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function record(tx: Tx, job: Job, { outcome, detail }: CommandOutcome): void {
  const how = { outcome, detail };
  if (job.kind === 'receipt-printed') tx.record({ ...job, passageId: null, body: { ...job.body, ...how } });
  else tx.record({ ...job, passageId: null, body: { ...job.body, ...how } });
}
