import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { CmbContext } from './context.ts';
import { ConfigUpload } from './messages/ConfigUpload.ts';

const TOLD = 'reserved-out-time';
/** One after the other: the last that is told is the one that counts. */
const KEY = 'config';

/** Tells the bank our settings where they are not those that were told last: now, and whenever they change. */
export function announceConfig(context: CmbContext): Cancel {
  tell(context, context.site.rules.graceMinutes);
  return context.station().onCommitted((events) => {
    for (const event of events)
      if (event.kind === 'rules-changed') {
        try {
          tell(context, event.body.rules.graceMinutes);
        } catch (error) {
          // Whoever changed the rules has done so; the next start looks at them again.
          context.log.error('the bank could not be told of a changed rule', { error: errorText(error) });
        }
      }
  });
}

function tell({ commands, clock }: CmbContext, graceMinutes: number): void {
  const reserved_out_time = Math.round(graceMinutes * 60);
  if (commands.recall('cmb', TOLD) === String(reserved_out_time)) return;
  // The time is in its name: what is changed and changed back is told each time. Queued first: told twice does no harm.
  const recordId = `${reserved_out_time}-${clock.now()}`;
  commands.enqueue('cmb', ConfigUpload.draft({ recordId, key: KEY, body: { reserved_out_time } }));
  commands.remember('cmb', TOLD, String(reserved_out_time));
}
