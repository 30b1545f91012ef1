/**
 * What an alarm means for whoever sees it. `exact`: with the figures that the station gave along; `told`: without, as in rows
 * written before it gave any.
 */
export const zhAlarms = {
  platformOffline: '{{platform}}平台断开，记录存在本机，恢复后自动补报',
  deviceOffline: '{{device}}离线，检查电源和网线',
  exact: {
    'disk-low': '磁盘只剩 {{freeMb}} MB，请清理磁盘',
    'gate-command-lost': '{{lane}}：闸机没有执行指令，请到现场查看',
    'journal-broken': '流水第 {{seq}} 条与前文不符，可能被改动。请到“操作日志”校验',
    'clock-moved': '本机时间被调整 {{seconds}} 秒',
    'camera-clock': '{{device}}的时钟与本机相差 {{seconds}} 秒，请给相机对时',
    'clock-drift': '本机时钟与{{platform}}平台相差 {{ms}} 毫秒',
    'daily-check-late': '{{platform}} {{day}} 对账未完成，会继续重试',
    'daily-check-differs': '{{platform}} {{day}} 对账有 {{n}} 处差异，见“上报状态”',
    'daily-check-extra': '{{platform}} {{day}} 对账：平台多出 {{n}} 条，请核对',
    'platform-port-taken': '{{platform}}：{{host}}:{{port}} 无法监听，收不到平台下发的请求，持续重试中',
  },
  told: {
    'disk-low': '磁盘空间不足，请清理磁盘',
    'backup-failed': '备份失败：请到“设置 › 备份与恢复”检查备份位置',
    'configuration-refused': '新设置无法运行，已退回上一版。请到“设置”改正后重新应用',
    'gate-command-lost': '闸机没有执行指令，请到现场查看',
    'journal-broken': '流水与前文不符，可能被改动。请到“操作日志”校验',
    'clock-moved': '本机时间被调整',
    'camera-clock': '{{device}}的时钟与本机不一致，请给相机对时',
    'clock-drift': '本机时钟与{{platform}}平台不一致',
    'message-refused': '{{platform}}平台拒收了报文，请到“上报状态”处理',
    'outbox-stuck': '{{platform}}：记录无法转为报文，新记录暂不上报',
    'row-unreadable': '有记录读不出来，已跳过，其余照常。请联系技术人员',
    'qingdao-notice-failed': '青岛平台的一条通知没能执行，已答复失败，请与平台核对',
    'channel-not-available': '收费渠道“{{platform}}”未接入，出口不会使用',
    'platform-not-available': '本版本不支持{{platform}}平台，不会上报',
    'platform-port-taken': '{{platform}}的端口被占用，收不到平台下发的请求，持续重试中',
    'qingdao-no-subscription': '青岛平台的指令收不到',
    'qingdao-confirmation-late': '青岛平台的通知没有按时答复',
    'qingdao-application-held': '离场记录被平台拒收，扣款申请已单独发出，请到“上报状态”处理',
    'qingdao-sealing': '报文加密反复出错，出入口可能变慢，请重启程序',
    'photo-decoder-missing': '图片组件无法加载，大照片暂不上传，请重新安装程序',
    'gate-authority-silent': '{{platform}}平台连续无应答：车道不再等它，车辆自动放行或等人工处理，请留意现场',
    balance: '{{subject}} 账目不平，请到“报表”查看日平衡',
  },
} as const;
