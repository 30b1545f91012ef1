import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ListEntry, type ListStrategy, listColorSchema } from '../../../../../shared/domain/list.ts';
import { type EpochMs, shanghaiDateTime } from '../../../../../shared/domain/time.ts';
import type { ShenzhenSettings } from '../config.ts';
import { SHENZHEN } from '../context.ts';
import { up } from '../define.ts';
import { instant, toCarType, toEpoch } from '../fields.ts';
import { colorCode } from '../lists.ts';

/** strategyType: 1 禁止进 · 2 允许进禁止出 · 3 禁止进出 · 4 给平台发送警告信息 · 5 免费自动进出. */
const STRATEGIES: Readonly<Record<ListStrategy, number>> = {
  'no-entry': 1,
  'no-exit': 2,
  neither: 3,
  warn: 4,
  free: 5,
};
/** An entry that was taken off ended so long ago: there is no other way to say so. */
const ENDED_MS = 1000;
const OWN_ID = /^list_([0-9a-z]{1,32})$/;

/** V32: our ids without their prefix; whatever else they are, the digest of it. */
const codeOf = (id: string): string =>
  OWN_ID.exec(id)?.[1] ?? createHash('sha1').update(id, 'utf8').digest('hex').slice(0, 32);

const dateOf = (at: EpochMs, settings: ShenzhenSettings): number | string =>
  settings.wire.listDates === 'text' ? shanghaiDateTime(at) : toEpoch(at, settings);

const bodyOf = (entry: ListEntry, endDate: EpochMs) => ({
  blackWhiteCode: codeOf(entry.id),
  plateNumber: entry.plate,
  plateColor: entry.plateColor,
  vehicleClass: entry.vehicleClass,
  strategyType: entry.list === 'white' ? STRATEGIES.free : STRATEGIES[entry.strategy],
  beginDate: Math.min(entry.validFrom, endDate),
  endDate,
  source: entry.source.slice(0, 50),
});

/** A list entry was made, changed or taken off here. What the city did itself it knows. */
export const blackWhite = up({
  name: 'blackWhite',
  title: '黑白名单上报',
  section: '6.3.6',
  kind: 'bulk',
  schema: z.strictObject({
    blackWhiteCode: z.string().min(1).max(32),
    plateNumber: z.string().min(1).max(20),
    plateColor: listColorSchema.nullable(),
    vehicleClass: z.enum(['small', 'medium', 'large']).nullable(),
    strategyType: z.int().min(1).max(5),
    beginDate: instant,
    endDate: instant,
    source: z.string().max(50),
  }),
  sample: {
    ...{
      blackWhiteCode: 'BW0001',
      plateNumber: '粤B12345',
      plateColor: 'blue',
      vehicleClass: 'small',
      strategyType: 1,
    },
    ...{ beginDate: 1_506_496_739_000, endDate: 1_506_583_139_000, source: 'anna' },
  },
  from: {
    'list-changed': ({ body: { change, entry }, actor, at, seq }, { settings }) => {
      const isTheirs = actor.kind === 'platform' && actor.name === SHENZHEN.name;
      if (isTheirs || !settings.reports.lists) return undefined;
      const endDate = change === 'removed' ? Math.min(entry.validTo, at - ENDED_MS) : entry.validTo;
      return { recordId: String(seq), key: `list:${entry.id}`, body: bodyOf(entry, endDate) };
    },
  },
  wire: (
    { blackWhiteCode, plateNumber, plateColor, vehicleClass, strategyType, beginDate, endDate, source },
    { settings, site },
  ) => ({
    blackWhiteCode,
    parkCode: settings.parkCode,
    plateNumber,
    plateColor: colorCode(plateNumber, plateColor, settings),
    carType: toCarType(vehicleClass ?? site.defaultVehicleClass),
    strategyType,
    beginDate: dateOf(beginDate, settings),
    endDate: dateOf(endDate, settings),
    strategyFrom: settings.wire.strategyFrom ? source : undefined,
  }),
});
