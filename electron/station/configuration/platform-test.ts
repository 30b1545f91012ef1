import type { TestStep } from '../../../shared/domain/connection-test.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { TestDeps } from '../platforms/platform.ts';
import { platformDefinitions } from '../platforms/registry.ts';
import { errorText } from '../runtime/errors.ts';
import { chinese, NOT_SENT_ELSEWHERE } from './faults.ts';
import { titles } from './field-names.ts';

/** Settings as somebody typed them, and the secrets among them that were not put back, by their paths. */
export interface TriedSettings {
  readonly settings: unknown;
  readonly withheld: readonly (readonly string[])[];
}

/** A person waits for the result. */
const WHOLE_TEST_MS = 15_000;

const failed = (detail: string): TestStep[] => [{ step: 'settings', line: 'uplink', outcome: 'failed', detail, ms: 0 }];

/** 连接测试: says which step failed. Runs beside everything else, and ends in time whatever the other side does. */
export async function testPlatform(
  id: PlatformId,
  { settings, withheld }: TriedSettings,
  deps: Omit<TestDeps, 'signal'>,
): Promise<readonly TestStep[]> {
  const definition = platformDefinitions.find((candidate) => candidate.id === id);
  if (!definition?.test) return failed('本版本尚不能测试这个平台');
  const { settings: schema } = definition;
  const said = (path: readonly PropertyKey[], message: string): string =>
    `${titles(schema, path.map(String))}：${chinese(message)}`;
  const parsed = schema.safeParse(settings);
  const gone = new Set(withheld.map((path) => path.join('.')));
  const faults = [
    ...withheld.map((path) => said(path, NOT_SENT_ELSEWHERE)),
    ...(parsed.error?.issues ?? []).flatMap(({ path, message }) =>
      gone.has(path.join('.')) ? [] : said(path, message),
    ),
  ];
  if (!parsed.success || faults.length > 0) return failed(faults.join('；'));
  const over = new AbortController();
  const cancel = deps.clock.after(WHOLE_TEST_MS, () => over.abort());
  try {
    return await definition.test(parsed.data, { ...deps, signal: over.signal });
  } catch (error) {
    return failed(errorText(error));
  } finally {
    cancel();
    over.abort();
  }
}
