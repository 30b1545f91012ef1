import { carTypeOf } from '../codes.ts';
import { rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybePlate, maybeText } from '../down-fields.ts';
import { cardNoOf, plateOf, toDashed } from '../fields.ts';
import { photoLink } from '../photo-links.ts';
import { placeOf } from '../places.ts';
import { carsMeant, rowsFrom, searched } from '../records-found.ts';

/** Cars inside, all of them in one answer: by a part of the plate, by the whole card number of a car without one. */
export const SearchParkingInfo = down({
  name: 'SearchParkingInfo',
  title: '场内车查询接口',
  section: '下行1.3',
  schema: parameters({ plateNo: maybePlate(), cardNo: maybeText(64) }),
  sample: { plateNo: '', cardNo: '' },
  handle: ({ plateNo, cardNo }, { at }, context) =>
    searched(context, async (search) => {
      const found = await search.insideRecords({
        ...carsMeant(plateNo, context.settings),
        ...(cardNo === '' ? {} : { identity: cardNo }),
      });
      const told = (car: (typeof found)[number]) => {
        const who = {
          plate: { text: car.plate, kind: car.plateKind, color: 'unknown' },
          identity: car.identity,
        } as const;
        return {
          plateNo: plateOf(who),
          cardNo: cardNoOf(who),
          entryTime: toDashed(car.enteredAt),
          entryPlace: placeOf({ laneId: car.laneId, laneName: car.lane }, 'in', context),
          carType: car.externalType ?? carTypeOf({ kind: car.terms, cardType: car.cardType }),
          imgName: context.settings.photo.form === 'none' ? '' : photoLink(car.photoId, at, context),
        };
      };
      return rows(await rowsFrom(found, context.clock, told));
    }),
});
