import { UrlSyncContextProvider } from '@grafana/scenes';
import { Alert, LoadingPlaceholder } from '@grafana/ui';
import * as React from 'react';
import { useParams } from 'react-router-dom-v5-compat';
import { ask } from '../shell/server';
import type { DashboardScene } from './DashboardScene';
import type { DashboardJson } from './json';
import { toScene } from './to-scene';

type Loaded =
  | { readonly kind: 'scene'; readonly scene: DashboardScene }
  | { readonly kind: 'failed'; readonly message: string };

/** A dashboard at `/d/<uid>`; its state is in the address. */
export default function DashboardPage() {
  const { uid = '' } = useParams();
  // Coming back by a link with other variables is another visit; only what the page itself changes is not.
  return <Dashboard key={uid} uid={uid} />;
}

function Dashboard({ uid }: { readonly uid: string }) {
  const [loaded, setLoaded] = React.useState<Loaded>();
  React.useEffect(() => {
    let isCurrent = true;
    load(uid).then((next) => isCurrent && setLoaded(next));
    return () => {
      isCurrent = false;
    };
  }, [uid]);
  if (!loaded) return <LoadingPlaceholder text="Loading the dashboard" />;
  if (loaded.kind === 'failed')
    return <Alert title="The dashboard could not be loaded">{loaded.message}</Alert>;
  const { scene } = loaded;
  return (
    <UrlSyncContextProvider scene={scene} updateUrlOnInit>
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}

async function load(uid: string): Promise<Loaded> {
  try {
    const json = await ask<DashboardJson>(`dashboards/${encodeURIComponent(uid)}`);
    document.title = json.title;
    return { kind: 'scene', scene: toScene(json) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
