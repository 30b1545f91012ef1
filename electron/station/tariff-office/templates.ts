import type { z } from 'zod';
import anshanQianshanScenic from '../../../resources/tariffs/anshan-qianshan-scenic.json' with { type: 'json' };
import beijingKerbside from '../../../resources/tariffs/beijing-kerbside.json' with { type: 'json' };
import beijingMallGarage from '../../../resources/tariffs/beijing-mall-garage.json' with { type: 'json' };
import hangzhouWestLake from '../../../resources/tariffs/hangzhou-west-lake.json' with { type: 'json' };
import nanjingLishuiPark from '../../../resources/tariffs/nanjing-lishui-park.json' with { type: 'json' };
import residentialBrackets from '../../../resources/tariffs/residential-brackets.json' with { type: 'json' };
import shenzhenKerbside from '../../../resources/tariffs/shenzhen-kerbside.json' with { type: 'json' };
import xiangyangHospitalNorth from '../../../resources/tariffs/xiangyang-hospital-north.json' with { type: 'json' };
import xiangyangHospitalSouth from '../../../resources/tariffs/xiangyang-hospital-south.json' with { type: 'json' };
import yantaiAirport from '../../../resources/tariffs/yantai-airport.json' with { type: 'json' };
import yantaiRailwayStation from '../../../resources/tariffs/yantai-railway-station.json' with { type: 'json' };
import { tariffTemplateSchema } from '../../../shared/domain/tariff.ts';
import { NotFoundError } from '../runtime/errors.ts';

/** Part of the program, from source and in the bundle alike: no file has to be found at run time. */
const documents: Readonly<Record<string, unknown>> = {
  'anshan-qianshan-scenic': anshanQianshanScenic,
  'beijing-kerbside': beijingKerbside,
  'beijing-mall-garage': beijingMallGarage,
  'hangzhou-west-lake': hangzhouWestLake,
  'nanjing-lishui-park': nanjingLishuiPark,
  'residential-brackets': residentialBrackets,
  'shenzhen-kerbside': shenzhenKerbside,
  'xiangyang-hospital-north': xiangyangHospitalNorth,
  'xiangyang-hospital-south': xiangyangHospitalSouth,
  'yantai-airport': yantaiAirport,
  'yantai-railway-station': yantaiRailwayStation,
};

export type TariffTemplate = z.output<typeof tariffTemplateSchema> & { readonly id: string };

/** A ready-made tariff by the name of its file. */
export function templateOf(id: string): TariffTemplate {
  if (!Object.hasOwn(documents, id)) throw new NotFoundError('没有这个模板');
  return { id, ...tariffTemplateSchema.parse(documents[id]) };
}

export const allTemplates = (): TariffTemplate[] => Object.keys(documents).map(templateOf);
