import { useEffect, useState } from "react";
import { followDevices } from "../../actions/audio.ts";
import { useClient } from "../../actions/react-client.ts";
import type { AudioDevice } from "../../state/talk.ts";

export function useDevices(): readonly AudioDevice[] {
  const client = useClient();
  const [devices, setDevices] = useState<readonly AudioDevice[]>([]);
  useEffect(() => followDevices(client, setDevices), [client]);
  return devices;
}
