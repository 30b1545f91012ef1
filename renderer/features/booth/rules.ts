import { safe } from '@orpc/client';
import { useEffect } from 'react';
import { create } from 'zustand';
import { DEFAULT_RULES, type PassageRules } from '../../../shared/domain/passage-rules.ts';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';

/** The rules of this car park as far as the booth needs them: lists of reasons, and what may be offered at all. */
export const useRules = create<PassageRules>(() => DEFAULT_RULES);

/** Keeps {@link useRules} in line with the station: read when the connection stands, and again whenever they were changed. */
export function useFollowedRules(): void {
  const online = useSession((state) => state.link === 'online');
  const changedAt = useLive(
    (state) => state.events.find(({ kind }) => kind === 'rules-changed' || kind === 'config-applied')?.seq ?? 0,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer row of the journal is why they are read again
  useEffect(() => {
    if (online)
      void safe(station().lanes.rules({})).then((answer) => {
        if (answer.isSuccess) useRules.setState(answer.data, true);
      });
  }, [online, changedAt]);
}
