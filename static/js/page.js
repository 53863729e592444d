/* What every page has on top of what it is without JavaScript. No part depends on the order of the others; what has to
   come in an order, says so in submitting.js. */
import "./kept-texts.js";
import "./unsaved.js";
import "./failures.js";
import "./fields.js";
import "./formsets.js";
import "./folds.js";
import "./progress.js";
import { whenAppears } from "./appearing.js";
import { backInPlace } from "./kept-place.js";

document.documentElement.classList.add("js");

/* After a refused form the reader begins where something is to be mended, or stays where they pressed the button. */
const toMend = document.querySelector("main :is(.alert-danger[role=alert], .form-control.is-invalid, .form-select.is-invalid, .form-check-input.is-invalid)");
if (toMend?.matches(".alert")) toMend.tabIndex = -1;
const inPlace = backInPlace(toMend);
toMend?.focus({ preventScroll: inPlace });

whenAppears(".table-responsive", reachByKeyboard);
whenAppears("video", offerDownload);

function reachByKeyboard(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

/* In place of a video that cannot be played, its download. Of one coded in a way that the browser does not know
   it may still play the sound: then there are no pictures, and no error. */
function offerDownload(video) {
  const look = () => {
    if (!video.error && !(video.readyState && !video.videoWidth)) return;
    video.pause();
    video.hidden = true;
    video.nextElementSibling.hidden = false;
  };
  for (const event of ["error", "loadedmetadata"]) video.addEventListener(event, look);
  look();
}
