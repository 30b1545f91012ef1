import { z } from 'zod';
import { departureBillId } from '../../../../../shared/domain/registry.ts';
import { isToldArrears, toldWriteOff } from '../arrears.ts';
import { billID, plateFields, plateOf } from '../bill-fields.ts';
import { asked, up } from '../define.ts';
import { parkingCode } from '../fields.ts';
import { VIA } from '../settle.ts';

/**
 * A debt that the platform keeps was collected here in another way: it is to write it off. Its table is lost (D43): which bill it
 * is, the car, and what a setting adds.
 */
export const cancelOverDueBill = up({
  name: 'cancelOverDueBill',
  title: '核销欠费账单',
  section: '四(六)1',
  schema: z.strictObject({ billID, parkingCode, ...plateFields }),
  sample: { billID: 'bill_1', parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1 },
  from: {
    'bill-paid': ({ body }, { settings }) => {
      const { debtId, billId, stay } = body;
      if (debtId === null) return undefined;
      const own = departureBillId(VIA, debtId);
      if (own === undefined && !isToldArrears(debtId)) return undefined;
      // Paid as the very bill that the platform collects: it knows.
      if (own === billId && body.via === VIA) return undefined;
      const fields = { parkingCode: settings.parkingCode, ...plateOf(stay, settings) };
      // Each payment of arrears is told by itself, for the sum may have grown since it was asked for: the record of the payment says
      // how much it was. They hold up no stay: which bill the city wants to hear of is lost, so it may refuse.
      if (own === undefined)
        return { recordId: toldWriteOff(debtId, billId), key: null, body: { billID: billId, ...fields } };
      // The bill is one: it is written off once nothing of it is owed. Behind the application for it, where that still waits.
      if (stay.owedFen > 0) return undefined;
      return { recordId: debtId, key: stay.uid, body: { billID: own, ...fields } };
    },
  },
  wire: (fields, context) => asked({ ...context.settings.overDue.extraFields, ...fields }, context),
});
