import { useAsk } from './use-ask.ts';

/** At which hour a business day begins here (`HH:mm`); midnight until the station has said so. */
export function useDayStart(): string {
  return useAsk((client) => client.lanes.rules(), []).data?.businessDayStart ?? '00:00';
}
