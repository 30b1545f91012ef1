import { z } from 'zod';
import { departureBillId } from '../../../../../shared/domain/registry.ts';
import { text } from '../../wire-fields.ts';
import { isToldArrears } from '../arrears.ts';
import { billID, plateFields, plateOf } from '../bill-fields.ts';
import { asked, up } from '../define.ts';
import { parkingCode } from '../fields.ts';
import { VIA } from '../settle.ts';

/** `debt` is ours and stays here: it tells which debt ended where the platform's sum still holds it. */
const schema = z.strictObject({ billID, parkingCode, ...plateFields, debt: text(64) });

/**
 * A debt that the platform keeps was collected here in another way: it is to write it off. Its table is lost (D43): which bill it
 * is, the car, and what a setting adds.
 */
export const cancelOverDueBill = up({
  name: 'cancelOverDueBill',
  title: '核销欠费账单',
  section: '四(六)1',
  schema,
  sample: { billID: 'bill_1', parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1, debt: 'qingdao-鲁B01001' },
  from: {
    'bill-paid': ({ body }, { settings }) => {
      const { debtId, billId, stay } = body;
      if (debtId === null) return undefined;
      const own = departureBillId(VIA, debtId);
      if (own === undefined && !isToldArrears(debtId)) return undefined;
      // Paid as the very bill that the platform collects: it knows.
      if (own === billId && body.via === VIA) return undefined;
      return {
        recordId: billId,
        key: stay.uid,
        body: {
          billID: own ?? billId,
          parkingCode: settings.parkingCode,
          ...plateOf(stay, settings),
          debt: debtId,
        },
      };
    },
  },
  wire: ({ debt: _debt, ...fields }, context) => asked({ ...context.settings.overDue.extraFields, ...fields }, context),
});
