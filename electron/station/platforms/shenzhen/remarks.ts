/** The longest remark that an entry, a card or a booking keeps. */
const MOST = 200;

/**
 * A remark of what the city says and the house has no field for: first its own words, then each thing under its name. Nothing said:
 * undefined, so that what stands there stays.
 */
export function remarkOf(words: string, named: Readonly<Record<string, string>>): string | undefined {
  const parts = [words, ...Object.entries(named).map(([name, value]) => (value === '' ? '' : `${name} ${value}`))];
  const remark = parts
    .filter((part) => part !== '')
    .join('；')
    .slice(0, MOST);
  return remark === '' ? undefined : remark;
}
