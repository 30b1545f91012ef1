import { z } from 'zod';
import { noteAutoPay } from '../bindings.ts';
import { down } from '../define.ts';
import { formPlate } from '../down-fields.ts';

/** The owner of a plate takes the consent back: from now on nobody is asked for its money. A charge under way goes on. */
export const autoPayUnbind = down({
  name: 'autoPayUnbind',
  title: '无感配置解绑',
  section: '4.4',
  schema: z.looseObject({ vpl_number: formPlate }),
  sample: { vpl_number: '云Z00000' },
  handle: (body, _call, context) => {
    noteAutoPay(context, { plate: body.vpl_number, uid: null }, { signed: false, limitFen: null });
    return { status: 0, message: 'success' };
  },
});
