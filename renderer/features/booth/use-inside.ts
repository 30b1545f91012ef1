import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { station } from '../../lib/station/client.ts';

const SHOWN = 50;
const PAUSE_MS = 120;

/** Cars inside whose plate holds what was typed; those that came last when nothing was. Null while being looked for. */
export function useInside(part: string): readonly StayView[] | null {
  const [found, setFound] = useState<readonly StayView[] | null>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        const plate = part === '' ? {} : { plate: part };
        void safe(station().sessions.list({ ...plate, status: 'inside', pageSize: SHOWN })).then((answer) => {
          if (current) setFound(answer.isSuccess ? answer.data.items : []);
        });
      },
      part === '' ? 0 : PAUSE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [part]);
  return found;
}

/** The entry photo of a stay; null when there is none or it is not known yet. */
export function useEntryPhoto(uid: string | null): string | null {
  const [photo, setPhoto] = useState<{ readonly uid: string; readonly id: string | null } | null>(null);
  useEffect(() => {
    if (uid === null) return;
    let current = true;
    void safe(station().sessions.get({ uid })).then((answer) => {
      if (!current) return;
      const id = answer.isSuccess ? answer.data.photos.find(({ purpose }) => purpose === 'entry')?.id : undefined;
      setPhoto({ uid, id: id ?? null });
    });
    return () => {
      current = false;
    };
  }, [uid]);
  return photo !== null && photo.uid === uid ? photo.id : null;
}
