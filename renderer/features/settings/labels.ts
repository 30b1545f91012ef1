import type { ConfigurationChange } from '../../../shared/domain/configuration.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { zhSettings } from '../../lib/i18n/office/settings.zh.ts';
import { platformName } from '../../lib/platform-name.ts';
import { nodeAt, titleOf } from './schema.ts';
import type { Forms } from './section.ts';

/** The names of a group of words: what is not among them is shown as it stands in the document. */
const isIn = <T extends object>(words: T, name: string): name is keyof T & string => Object.hasOwn(words, name);

export function driverName(driver: string, t: Translate): string {
  return isIn(zhSettings.device.drivers, driver) ? t(`settings.device.drivers.${driver}`) : driver;
}

const authority = (field: string): string =>
  field.replace(/^authority\.(.)(.*)$/, (_, first: string, rest: string) => `authority${first.toUpperCase()}${rest}`);

/** What changed, in the words of the forms: `车道“东门入口” 出入口编号`. */
export function subjectOf(change: ConfigurationChange, forms: Forms | null, t: Translate, language: Language): string {
  const { part, id, name, field } = change;
  const called = part === 'platforms' ? platformName(id, t) : name === '' ? id : name;
  const thing = called === '' ? t(`settings.part.${part}`) : `${t(`settings.part.${part}`)} ${called}`;
  return field === '' ? thing : `${thing} · ${fieldLabel(change, forms, t, language)}`;
}

function fieldLabel(
  { part, id, field }: ConfigurationChange,
  forms: Forms | null,
  t: Translate,
  language: Language,
): string {
  const [first = ''] = field.split('.');
  switch (part) {
    case 'site':
      return isIn(siteWords, field) ? t(`settings.site.${field}`) : field;
    case 'rules':
      return isIn(zhSettings.rule.title, first) ? t(`settings.rule.title.${first}`) : field;
    case 'areas':
      return isIn(areaWords, field) ? t(`settings.area.${field}`) : field;
    case 'lanes': {
      const word = authority(field);
      return isIn(laneWords, word) ? t(`settings.lane.${word}`) : field;
    }
    case 'devices': {
      if (isIn(deviceWords, field)) return t(`settings.device.${field}`);
      const path = field.replace(/^settings\./, '').split('.');
      const driver = forms?.drivers.find(({ schema }) => nodeAt(schema, path).titleZh !== undefined);
      return driver ? titleOf(nodeAt(driver.schema, path), field, language) : field;
    }
    case 'platforms': {
      const form = forms?.platforms.find((platform) => platform.id === id);
      return form ? titleOf(nodeAt(form.schema, field.split('.')), field, language) : field;
    }
    default:
      return field;
  }
}

const { code, name, address, totalSpaces, openSpaces, defaultVehicleClass, samePlateSeconds } = zhSettings.site;
const siteWords = { code, name, address, totalSpaces, openSpaces, defaultVehicleClass, samePlateSeconds };
const { id: areaId, code: areaCode, name: areaName, spaces, parent, access } = zhSettings.area;
const areaWords = { id: areaId, code: areaCode, name: areaName, spaces, parent, access };
const laneWords = zhOf(zhSettings.lane);
const { id: deviceId, kind, driver } = zhSettings.device;
const deviceWords = { id: deviceId, kind, driver };

/** The plain words of a group, without its subgroups. */
function zhOf<T extends object>(words: T): { [K in keyof T as T[K] extends string ? K : never]: T[K] };
function zhOf(words: object): object {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => typeof word === 'string'));
}
