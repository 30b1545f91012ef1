import { cardReading, cardTold } from '../card-reports.ts';
import { KEYTOP } from '../context.ts';
import { up } from '../define.ts';
import { toDashed } from '../fields.ts';

/** An internal car's card: each that is in force when the third party is connected first (`card-upload.ts`), then what changes. */
export const PostCarCard = up({
  name: 'PostCarCard',
  title: '内部车辆更新提交接口',
  section: '上行3.1',
  kind: 'bulk',
  schema: cardTold,
  sample: {
    ...{ id: 'card_1', userName: '张三', telPhone: '18100000000', carType: 2 },
    ...{ validFrom: 1_533_052_800_000, validTo: 1_535_731_199_000, plates: ['闽A12345'], etcNos: [] },
  },
  from: { 'card-changed': ({ body, seq, at }, context) => cardReading(body, seq, at, context) },
  wire: ({ id, carType, validFrom, validTo, plates, etcNos, ...owner }, { commands }) => ({
    cardId: String(commands.numberOf(KEYTOP.name, 'card', id)),
    ...owner,
    carType: String(carType),
    validFrom: toDashed(validFrom),
    validTo: toDashed(validTo),
    // JSON inside a text, as the table has it.
    plateDetails: JSON.stringify([
      ...plates.map((plateNo) => ({ plateNo, etcNo: '' })),
      ...etcNos.map((etcNo) => ({ plateNo: '', etcNo })),
    ]),
  }),
});
