import { z } from 'zod';
import type { Plate } from '../../../../shared/domain/plate.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { ShenzhenSettings } from './config.ts';
import type { ShenzhenContext, ShenzhenWire } from './context.ts';
import { instant, toCarType, toEpoch, toPlateColor } from './fields.ts';
import { recordCodeOf } from './record-code.ts';

/** What entry, exit and correction of a record have in common (6.3.7 to 6.3.9). */

const BERTH_CHARACTERS = 14;

export const recordFields = {
  plateNumber: z.string().max(20),
  plateColor: z.int().min(0).max(9),
  /** As it is painted on the ground; empty behind barriers. */
  berth: z.string().max(36),
  carType: z.int().min(0).max(2),
  entryTime: instant,
  recordCode: z.string().min(1).max(20),
  /** Ours, not sent. */
  uid: z.string().min(1).max(60),
};
type RecordBody = z.output<z.ZodObject<typeof recordFields>>;

/** A car as the city may hold it: whatever of it changes is a correction. */
export const recordOf = (stay: Stay, settings: Pick<ShenzhenSettings, 'wire'>): RecordBody => ({
  plateNumber: stay.plate.text,
  plateColor: toPlateColor(stay.plate, settings),
  berth: stay.berth?.code ?? '',
  carType: toCarType(stay.vehicleClass),
  entryTime: stay.enteredAt,
  recordCode: recordCodeOf(stay),
  uid: stay.uid,
});

export const sampleRecord = {
  ...{ plateNumber: '粤B12345', plateColor: 0, berth: '', carType: 0, entryTime: 1_506_496_739_000 },
  ...{ recordCode: '1709271518590000001', uid: '1001120170927151859000' },
};

/** Whether a correction gave a plate to a car inside that had none: it enters anew, as somebody. */
export const isFirstPlate = (before: Plate, stay: Stay, { reports }: Pick<ShenzhenSettings, 'reports'>): boolean =>
  reports.firstPlate === 'entry' && before.text === '' && stay.plate.text !== '' && stay.status === 'inside';

/** The fields of the tables before those of their own, in order. */
export const recordWire = (
  body: RecordBody,
  { settings, clock }: Pick<ShenzhenContext, 'settings' | 'clock'>,
): ShenzhenWire => ({
  timestamp: toEpoch(clock.now(), settings),
  plateNumber: body.plateNumber,
  plateColor: body.plateColor,
  parkCode: settings.parkCode,
  berthCode: berthCodeOf(body.berth, settings),
  carType: body.carType,
  entryTime: toEpoch(body.entryTime, settings),
});

/** F14 in the records: exactly so long, or empty. */
const berthCodeOf = (code: string, { wire }: Pick<ShenzhenSettings, 'wire'>): string =>
  wire.berthCodes === 'any' || isBerthCode(code) ? code : '';

export const isBerthCode = (code: string): boolean => code.length === BERTH_CHARACTERS;
