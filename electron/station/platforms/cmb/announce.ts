import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { CmbContext } from './context.ts';
import { ConfigUpload } from './messages/ConfigUpload.ts';

/** One after the other: the last that is told is the one that counts. */
const KEY = 'config';

/** Tells the bank our settings (5.7): at every start, because it may be another bank or car park since, and whenever they change. */
export function announceConfig(context: CmbContext): Cancel {
  let told = secondsOf(context.site.rules.graceMinutes);
  tell(context, told);
  return context.station().onCommitted((events) => {
    for (const event of events)
      if (event.kind === 'rules-changed') {
        try {
          const now = secondsOf(event.body.rules.graceMinutes);
          if (now === told) continue;
          tell(context, now);
          told = now;
        } catch (error) {
          // Whoever changed the rules has done so; the next start looks at them again.
          context.log.error('the bank could not be told of a changed rule', { error: errorText(error) });
        }
      }
  });
}

const secondsOf = (graceMinutes: number): number => Math.round(graceMinutes * 60);

function tell({ commands, clock }: CmbContext, reserved_out_time: number): void {
  // The time is in its name: what is changed and changed back, and every start, is told each time.
  const recordId = `${reserved_out_time}-${clock.now()}`;
  commands.enqueue('cmb', ConfigUpload.draft({ recordId, key: KEY, body: { reserved_out_time } }));
}
