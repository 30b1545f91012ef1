import { z } from 'zod';
import { occupancySchema } from '../domain/occupancy.ts';
import { procedure } from './base.ts';

const tags = ['spaces'];

/** 车位. */
export const spaces = {
  get: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/spaces',
    summary: 'Spaces by area, class and reserved quota, and of the whole',
    tags,
  }).output(occupancySchema),
  recount: procedure({
    access: 'manager',
    method: 'POST',
    path: '/spaces/recount',
    summary: 'Somebody counted the cars (车位盘点)',
    tags,
  })
    .input(
      z.object({
        areaId: z.string().max(40).optional().describe('Absent: the whole car park'),
        actualInside: z.int().min(0).max(999_999),
        reason: z.string().trim().min(1).max(200),
      }),
    )
    .output(occupancySchema),
};
