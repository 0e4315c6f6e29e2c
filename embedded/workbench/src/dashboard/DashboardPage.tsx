import { type EmbeddedScene, UrlSyncContextProvider } from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';
import * as React from 'react';
import { useParams } from 'react-router-dom-v5-compat';
import { ask } from '../shell/server';
import { type DashboardJson, toScene } from './to-scene';

/** A dashboard at `/d/<uid>`. */
export default function DashboardPage() {
  const { uid = '' } = useParams();
  const [scene, setScene] = React.useState<EmbeddedScene>();
  React.useEffect(() => {
    let current = true;
    ask<DashboardJson>(`dashboards/${encodeURIComponent(uid)}`).then(
      (json) => current && setScene(toScene(json)),
    );
    return () => {
      current = false;
    };
  }, [uid]);
  if (!scene) return <LoadingPlaceholder text="Loading" />;
  return (
    <UrlSyncContextProvider scene={scene}>
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}
