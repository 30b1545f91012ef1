import type { Words } from '../words.ts';
import type { zhTariffs } from './tariffs.zh.ts';
import { enTariffsAsk } from './tariffs-ask.en.ts';
import { enTariffsForm } from './tariffs-form.en.ts';

export const enTariffs: Words<typeof zhTariffs> = { ...enTariffsForm, ...enTariffsAsk, trial: { thisStay: 'Stay of the trial' } };
