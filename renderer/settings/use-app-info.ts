import { useEffect, useState } from 'react';
import type { ChannelResult } from '../../shared/ipc/contract';
import { useServices } from '../app/services';

/** What the app is and where it keeps its data; null until it is known. */
export function useAppInfo(): ChannelResult<'app.info'> | null {
  const { bridge } = useServices();
  const [info, setInfo] = useState<ChannelResult<'app.info'> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void bridge.invoke('app.info', {}).then((read) => {
      if (isCurrent && read.ok) setInfo(read.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge]);
  return info;
}
