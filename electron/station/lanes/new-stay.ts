import type { LaneRef, Stay } from '../../../shared/domain/stay.ts';

type Known = 'uid' | 'plate' | 'vehicleClass' | 'parkingType' | 'entryLane' | 'enteredAt' | 'entryRecordId';

/** A stay as it begins: inside, and nothing owed or paid yet. */
export const newStay = (known: Pick<Stay, Known> & { readonly entryLane: LaneRef }): Stay => ({
  ...known,
  status: 'inside',
  exitLane: null,
  exitedAt: null,
  exitRecordId: null,
  chargeFen: 0,
  dueFen: 0,
  paidFen: 0,
});
