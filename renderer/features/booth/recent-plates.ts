import { z } from 'zod';
import type { EventView } from '../../../shared/contract/journal.ts';
import { type Plate, plateSchema } from '../../../shared/domain/plate.ts';

const aboutStay = z.object({ stay: z.object({ plate: plateSchema }) });

/** Plates of the cars that came and went lately: what a plate at this gate is likely to begin with. */
export function recentPlates(events: readonly EventView[]): readonly Plate[] {
  return events.flatMap((event) => {
    const parsed = aboutStay.safeParse(event.body);
    return parsed.success ? [parsed.data.stay.plate] : [];
  });
}
