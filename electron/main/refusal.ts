import { ConfigError, DatabaseError, errorText, PortTakenError } from '../station/runtime/errors.ts';

const databaseWords: Record<DatabaseError['kind'], string> = {
  locked: '另一个岗亭程序正在使用这个数据目录。先关掉它，再打开本程序。',
  'from-the-future': '数据来自更新的版本。请安装新版本，不要用旧版本打开。',
  damaged: '数据库损坏，程序没有改动它。不要删除文件，请联系安装人员从备份恢复。',
  unwritable: '数据目录不能读写。请检查磁盘空间和目录权限。',
};

/**
 * Why the program cannot start and who must act, in Chinese, with the technical sentence beneath; `undefined` for a defect,
 * after which starting again may help.
 */
export function refusalText(error: unknown): string | undefined {
  const words = wordsFor(error);
  return words === undefined ? undefined : `${words}\n\n${errorText(error)}`;
}

function wordsFor(error: unknown): string | undefined {
  if (error instanceof PortTakenError) return '端口已被别的程序占用。关掉那个程序，或用 --port 换一个端口。';
  if (error instanceof ConfigError) return '配置有错误，请联系安装人员改正下面列出的各项。';
  if (error instanceof DatabaseError) return databaseWords[error.kind];
  return undefined;
}
