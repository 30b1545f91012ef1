import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { plateColorSchema } from '../domain/plate.ts';
import { timestampSchema } from '../domain/time.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';
import { procedure } from './base.ts';
import { stayViewSchema } from './stays.ts';

const tags = ['sessions'];
const uid = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(200);

const which = z.union([
  z.object({ uids: z.array(uid).min(1).max(1000) }),
  z.object({
    olderThanDays: z.int().min(1).max(3650).optional().describe('Absent: the `staleDays` of the rules'),
  }),
]);

/** What managers put right about stays. */
export const corrections = {
  correct: procedure({
    access: 'manager',
    method: 'POST',
    path: '/sessions/{uid}/correct',
    summary: 'Correct plate, entry time, class or fee of a stay, or void it (更正)',
    tags,
  })
    .input(
      z.object({
        uid,
        plate: z.string().min(1).max(16).optional(),
        plateColor: plateColorSchema.default('unknown'),
        enteredAt: timestampSchema.optional(),
        vehicleClass: vehicleClassSchema.optional(),
        feeFen: fenSchema.optional().describe('What the whole stay should have cost; only after the car left'),
        void: z.boolean().optional().describe('The stay never was'),
        reason,
      }),
    )
    .output(stayViewSchema),
  closeStale: procedure({
    access: 'manager',
    method: 'POST',
    path: '/sessions/close-stale',
    summary: 'Close stays whose car is gone (清理滞留车)',
    tags,
  })
    .input(
      z.object({
        which,
        reason,
      }),
    )
    .output(
      z.object({
        closed: z.int(),
        skipped: z.array(z.object({ uid: z.string(), reason: z.string(), message: z.string() })),
      }),
    ),
  closeCheck: procedure({
    access: 'manager',
    method: 'POST',
    path: '/sessions/close-stale/check',
    summary: 'What closing them would give up: the cars that are not stale yet, and their fees',
    tags,
  })
    .input(z.object({ which }))
    .output(
      z.object({
        young: z
          .int()
          .describe('Cars inside for less than the `staleDays` of the rules; each opens a case when it is closed'),
        dueFen: fenSchema.describe('What those owe by now'),
        first: z.array(z.object({ stay: stayViewSchema, dueFen: fenSchema })).describe('Some of them'),
      }),
    ),
};
