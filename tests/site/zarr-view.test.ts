// The view of a Zarr: its own metadata, and a small picture of an OME-Zarr.

import { expect, test } from 'vitest';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { browser as chromium } from '../support/sites/browser.ts';
import { demoInBrowser } from './demo-in-browser.ts';
import { axeFaults, sidewaysFaults, visit } from './visit.ts';

const ZARR = 'sub-LS1/micr/sub-LS1_sample-hemisphere_SPIM.ome.zarr';

describeWith([chromium, demoBytes], 'the view of a Zarr', () => {
  const demo = demoInBrowser();

  test.each([1280, 360])('shows its arrays and a picture, %i px wide', async (width) => {
    const { page, faults, close } = await visit(
      demo.browser,
      `${demo.site.url}dandiset/000006/draft/files/?location=${ZARR}&object=/1`,
      { viewport: { width, height: 900 } },
    );
    await page.getByRole('img', { name: 'Picture of hemisphere' }).waitFor();
    // Bright cells on a dark ground: it is drawn.
    const shades = await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { width: w, height: h } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, w, h).data ?? [];
      return new Set(pixels).size;
    });
    expect(shades).toBeGreaterThan(10);
    expect(await page.locator('.contents-lead').innerText()).toContain('OME-Zarr 0.4');
    const pane = page.locator('.object-pane');
    expect(await pane.innerText()).toContain('16 × 32 × 32');
    expect(await pane.innerText()).toContain('uint16');
    expect([...faults, ...(await axeFaults(page)), ...(await sidewaysFaults(page))]).toEqual([]);
    await close();
  });
});
