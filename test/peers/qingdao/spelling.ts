import type { Dialect } from './dialect.ts';
import type { Table } from './field.ts';
import { type Finding, finding } from './finding.ts';
import type { WireObject } from './lossless-json.ts';

/** Puts a field under its usual name, however this platform wants it to be called. */
function respell(data: WireObject, usual: string, other: string, wanted: string): [WireObject, Finding[]] {
  if (wanted === usual) return [data, []];
  const { [other]: value, ...rest } = data;
  if (wanted === 'both')
    return [rest, value === rest[usual] ? [] : [finding('presence', `${usual} and ${other} are not the same`, other)]];
  const twice = usual in rest ? [finding('unknown-field', `data.${usual} is called ${other} here`, usual)] : [];
  return [value === undefined ? rest : { ...rest, [usual]: value }, twice];
}

/** The record with the names that the tables here use, and what was called by a name that this platform does not know. */
export function usualNames(definition: Table, data: WireObject, dialect: Dialect): [WireObject, Finding[]] {
  const has = (name: string): boolean => definition.fields.some((field) => field.name === name);
  const findings: Finding[] = [];
  let record = data;
  const put = (usual: string, other: string, wanted: string): void => {
    const [next, found] = respell(record, usual, other, wanted);
    record = next;
    findings.push(...found);
  };
  if (has('arriveID')) put('arriveID', 'arrivalID', dialect.entryRecordId);
  if (has('endID')) put('endID', 'exitID', dialect.exitRecordId);
  if (definition.name === 'uploadModifyCarInData') put('arriveTime', 'arrivalTime', dialect.modifyArriveTime);
  return [record, findings];
}
