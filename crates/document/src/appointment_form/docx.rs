//! The form as a Word document.

use super::AppointmentForm;
use super::style::FormStyle;
use crate::Result;

pub fn docx(_style: FormStyle, _form: &AppointmentForm) -> Result<Vec<u8>> {
    Ok(Vec::new())
}
