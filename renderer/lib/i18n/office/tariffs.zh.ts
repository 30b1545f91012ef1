import { zhTariffsAsk } from './tariffs-ask.zh.ts';
import { zhTariffsForm } from './tariffs-form.zh.ts';

export const zhTariffs = { ...zhTariffsForm, ...zhTariffsAsk, trial: { thisStay: '试算的这次停车' } } as const;
