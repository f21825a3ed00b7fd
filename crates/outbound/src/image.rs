//! Pictures of people. The decoding is `image`'s.

use std::io::Cursor;
use std::sync::Arc;

use async_trait::async_trait;
use helpdesk_domain::attachment::port::{ImageEditor, ImageFault, Portrait};
use helpdesk_domain::kernel::StoreError;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

/// Pixels of a side of what comes out.
const SIDE: u32 = 1024;
/// Most pixels of what goes in: what fits into 2 MB and is a photograph has fewer.
const MOST_PIXELS: u64 = 25_000_000;
/// Longest side of what goes in.
const LONGEST_SIDE: u32 = 16_384;
/// Most bytes that decoding may take.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// Makes pictures fit, one at a time: the others wait, so that pictures starve no other request of processor or memory.
#[derive(Clone)]
pub struct Images {
    turn: Arc<Semaphore>,
}

impl Default for Images {
    fn default() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)) }
    }
}

#[async_trait]
impl ImageEditor for Images {
    async fn portrait(&self, image: Vec<u8>) -> Result<Result<Portrait, ImageFault>, StoreError> {
        let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(|error| StoreError::Bug(Box::new(error)))?;
        let working = tokio::task::spawn_blocking(move || {
            // Held until the work is done, even when the request that wanted it is gone.
            let _turn = turn;
            portrait(image)
        });
        working.await.map_err(|error| StoreError::Bug(Box::new(error)))
    }
}

fn portrait(bytes: Vec<u8>) -> Result<Portrait, ImageFault> {
    let format = image::guess_format(&bytes).map_err(|_| ImageFault::NotAnImage)?;
    let extension = match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpg",
        _ => return Err(ImageFault::NotAnImage),
    };
    let square = square(&decode(bytes, format)?);
    let mut bytes = Vec::new();
    // A JPEG has no transparency; encoding to memory fails for nothing else.
    let square = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(square.into_rgb8()) } else { square };
    square.write_to(&mut Cursor::new(&mut bytes), format).map_err(|_| ImageFault::NotAnImage)?;
    Ok(Portrait { extension, bytes })
}

/// Looks at the size before anything is decoded. Turned as the camera was held, since that is told by metadata only.
fn decode(bytes: Vec<u8>, format: ImageFormat) -> Result<DynamicImage, ImageFault> {
    let broken = |_| ImageFault::NotAnImage;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => ImageFault::TooManyPixels,
        _ => ImageFault::NotAnImage,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(ImageFault::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(broken)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn square(image: &DynamicImage) -> DynamicImage {
    let side = image.width().min(image.height());
    let (left, top) = ((image.width() - side) / 2, (image.height() - side) / 2);
    let square = image.crop_imm(left, top, side, side);
    let square = if side == SIDE { square } else { square.resize_exact(SIDE, SIDE, FilterType::Triangle) };
    // Eight bits a channel: nobody's picture needs more.
    if square.color().has_alpha() {
        DynamicImage::ImageRgba8(square.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(square.into_rgb8())
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        // Red in the middle, blue at both ends.
        let middle = |x: u32, y: u32| x.abs_diff(width / 2) < height / 2 && y.abs_diff(height / 2) < width / 2;
        let image = RgbImage::from_fn(width, height, |x, y| if middle(x, y) { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
        let mut bytes = Vec::new();
        DynamicImage::ImageRgb8(image).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    #[tokio::test]
    async fn a_picture_becomes_its_centre_square_of_1024_by_1024() {
        for (format, extension) in [(ImageFormat::Png, "png"), (ImageFormat::Jpeg, "jpg")] {
            for (width, height) in [(300, 100), (100, 300), (1024, 1024), (1, 1), (2000, 1500)] {
                let portrait = Images::default().portrait(encoded(width, height, format)).await.unwrap().unwrap();
                assert_eq!(portrait.extension, extension);
                let image = image::load_from_memory_with_format(&portrait.bytes, format).unwrap().into_rgb8();
                assert_eq!(image.dimensions(), (1024, 1024));
                let Rgb([red, _, blue]) = *image.get_pixel(20, 20);
                assert!((width, height) == (1, 1) || red > 200 && blue < 50, "{width}x{height}: {red} {blue}");
            }
        }
    }

    #[tokio::test]
    async fn what_is_neither_png_nor_jpeg_is_no_picture() {
        let cut = encoded(50, 50, ImageFormat::Png);
        for bytes in [&b""[..], b"PK\x03\x04", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg/>", cut.get(..60).unwrap()] {
            assert_eq!(Images::default().portrait(bytes.to_vec()).await.unwrap(), Err(ImageFault::NotAnImage));
        }
    }

    /// A PNG whose header says how large it is, with next to nothing behind it.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = encoded(1, 1, ImageFormat::Png);
        bytes.splice(16..20, width.to_be_bytes());
        bytes.splice(20..24, height.to_be_bytes());
        let checked: Vec<u8> = bytes.get(12..29).unwrap().to_vec();
        bytes.splice(29..33, crc(&checked).to_be_bytes());
        bytes
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }

    #[tokio::test]
    async fn a_picture_of_a_hundred_megapixels_is_refused_by_its_header() {
        for (width, height) in [(10_000, 10_000), (100_000, 1), (5_001, 5_000)] {
            assert_eq!(Images::default().portrait(bomb(width, height)).await.unwrap(), Err(ImageFault::TooManyPixels));
        }
    }

    #[tokio::test]
    async fn metadata_is_dropped() {
        let mut bytes = encoded(20, 20, ImageFormat::Jpeg);
        let comment = b"\xff\xfe\x00\x0eSECRET PLACE";
        bytes.splice(2..2, comment.iter().copied());
        let portrait = Images::default().portrait(bytes).await.unwrap().unwrap();
        assert!(!portrait.bytes.windows(6).any(|part| part == b"SECRET"));
    }
}
