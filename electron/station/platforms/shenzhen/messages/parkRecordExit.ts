import { z } from 'zod';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../../shared/domain/time.ts';
import { CLOSED_CAR_PARK, rsTypeOf } from '../car-park.ts';
import type { ShenzhenSettings } from '../config.ts';
import { up } from '../define.ts';
import { exitAmounts, exitMoney, exitMoneyFields } from '../exits.ts';
import { instant, toEpoch } from '../fields.ts';
import { pictureOf } from '../photo-links.ts';
import { parkRecordExitName } from '../record-code.ts';
import { recordFields, recordOf, recordWire, sampleRecord } from '../records.ts';

export const exitFields = {
  ...recordFields,
  exitTime: instant,
  ...exitMoneyFields,
  /** Ours, not sent: a car may leave a second time, after its exit was taken back. */
  exitRecordId: z.string().min(1).max(80),
  /** The city asked for it: told as an exit, whatever it was told before. */
  asked: z.boolean(),
};

/** A stay's exit as it stands. */
export const exitBodyOf = (
  stay: Stay,
  { at, exitRecordId, asked }: { readonly at: EpochMs; readonly exitRecordId: string; readonly asked: boolean },
  settings: ShenzhenSettings,
) => ({
  ...recordOf(stay, settings),
  exitTime: Math.max(stay.exitedAt ?? at, stay.enteredAt),
  ...exitMoney(stay),
  ...{ exitRecordId, asked },
});

/** A stay ended without an exit: the city waits for one all the same. */
const closed = (
  stay: Stay,
  { at, seq }: { readonly at: EpochMs; readonly seq: number },
  settings: ShenzhenSettings,
) => {
  if (settings.reports.closedStays === 'none') return undefined;
  const exitRecordId = `closed-${seq}`;
  return {
    recordId: exitRecordId,
    key: stay.uid,
    body: exitBodyOf(stay, { at, exitRecordId, asked: false }, settings),
  };
};

/** A car left, however: once only. */
export const parkRecordExit = up({
  name: parkRecordExitName,
  title: '停车记录出场',
  section: '6.3.8',
  schema: z.strictObject(exitFields),
  sample: {
    ...sampleRecord,
    ...{ exitTime: 1_506_503_939_000, chargeFen: 1000, paidFen: 800, openFen: 0, exitRecordId: 'rec_1', asked: false },
  },
  from: {
    'vehicle-exited': ({ body: { stay }, at, seq }, { settings }) => {
      const exitRecordId = stay.exitRecordId ?? `exit-${seq}`;
      return {
        recordId: exitRecordId,
        key: stay.uid,
        body: exitBodyOf(stay, { at, exitRecordId, asked: false }, settings),
      };
    },
    'stay-closed': ({ body: { stay }, at, seq }, { settings }) => closed(stay, { at, seq }, settings),
    'stay-corrected': ({ body: { what, before, stay }, at, seq }, { settings }) =>
      what === 'void' && before.status === 'inside' ? closed(stay, { at, seq }, settings) : undefined,
  },
  wire: (body, context) => {
    const { settings, site } = context;
    const isTold = settings.reports.amounts === 'always' || rsTypeOf(site, settings) === CLOSED_CAR_PARK;
    return {
      ...recordWire(body, context),
      exitTime: toEpoch(body.exitTime, settings),
      recordCode: body.recordCode,
      outFeaturePic: pictureOf(body.uid, 'exit', context),
      outPlatePic: '',
      [settings.wire.dataSourceField]: settings.wire.dataSource,
      ...(isTold ? exitAmounts(body, settings) : {}),
    };
  },
});
