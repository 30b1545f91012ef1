import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { ShenzhenContext } from './context.ts';
import { handOverWaiting, tellOfWaiting } from './order-trouble.ts';

const LOOK_EVERY_MS = 60_000;

/** Orders that onlinePay told of without a sum: people hear of them again after a start, and have a case of what does not come. */
export function watchWaiting(context: ShenzhenContext): Cancel {
  let cancel: Cancel = () => undefined;
  const look = (): void => {
    try {
      handOverWaiting(context);
    } catch (error) {
      context.log.error('orders that are waited for could not be looked through', { reason: errorText(error) });
    }
    cancel = context.clock.after(LOOK_EVERY_MS, look);
  };
  tellOfWaiting(context);
  look();
  return () => cancel();
}
