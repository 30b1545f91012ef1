/** What an alarm means for whoever sees it. Where the station's own sentence (`detail`) says it best, it stands alone. */
export const zhAlarms = {
  platformOffline: '{{platform}}平台断开，记录存在本机，恢复后自动补报',
  deviceOffline: '{{device}}离线，检查电源和网线',
  told: {
    'disk-low': '{{detail}}，请清理磁盘',
    'backup-failed': '{{detail}}。请到“设置 › 备份与恢复”检查备份位置',
    'configuration-refused': '{{detail}}。请到“设置”改正后重新应用',
    'gate-command-lost': '{{detail}}',
    'journal-broken': '{{detail}}',
    'clock-moved': '{{detail}}',
    'camera-clock': '{{detail}}',
    'clock-drift': '{{detail}}',
    'message-refused': '{{detail}}',
    'outbox-stuck': '{{detail}}',
    'channel-not-available': '{{detail}}',
    'platform-not-available': '{{detail}}',
    'qingdao-no-subscription': '{{detail}}',
    'qingdao-confirmation-late': '{{detail}}',
    balance: '{{detail}}',
  },
} as const;
