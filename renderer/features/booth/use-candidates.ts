import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { byLikeness } from '../../lib/plates.ts';
import { station } from '../../lib/station/client.ts';

const SHOWN = 5;
const TYPED_AT_LEAST = 3;
const PAUSE_MS = 120;

/**
 * Cars inside whose plate resembles what was typed. A misread may sit anywhere, so the station is asked for the whole and for
 * its two halves, and the answers are put in order of likeness.
 */
export function useCandidates(full: string, number: string, enabled: boolean) {
  const [state, setState] = useState<{ readonly stays: readonly StayView[]; readonly busy: boolean }>({
    stays: [],
    busy: false,
  });
  const wanted = enabled && number.length >= TYPED_AT_LEAST;
  useEffect(() => {
    if (!wanted) {
      setState({ stays: [], busy: false });
      return;
    }
    let current = true;
    setState((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      void findNear(full, number).then((stays) => {
        if (current) setState({ stays, busy: false });
      });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [full, number, wanted]);
  return { ...state, wanted };
}

async function findNear(full: string, number: string): Promise<readonly StayView[]> {
  const parts = new Set([number, number.slice(0, TYPED_AT_LEAST), number.slice(-TYPED_AT_LEAST)]);
  const answers = await Promise.all(
    [...parts].map((plate) => safe(station().sessions.list({ plate, status: 'inside', pageSize: 20 }))),
  );
  const found = new Map<string, StayView>();
  for (const answer of answers) if (answer.isSuccess) for (const stay of answer.data.items) found.set(stay.uid, stay);
  return [...found.values()].sort((a, b) => byLikeness(full, number)(a.plate.text, b.plate.text)).slice(0, SHOWN);
}
