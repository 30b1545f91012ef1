import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import { useAsk } from '../../office/use-ask.ts';
import type { Choice } from './fields.tsx';

/** Tariffs that a lane may name: published ones, and those of the document itself. */
export function usePublishedTariffs(draft: ConfigurationDocument): readonly Choice<string>[] {
  const { data } = useAsk((client) => client.tariffs.list(), []);
  const names = new Map<string, string>();
  for (const { id, name } of data ?? []) names.set(id, name);
  for (const { id, name } of draft.tariffs) if (typeof id === 'string' && typeof name === 'string') names.set(id, name);
  return [...names].map(([value, label]) => ({ value, label }));
}
