use crate::county::*;
use intake::{Choices, Preview, Staging};
use vocabulary::Moment;

#[test]
fn an_upload_waits_between_preview_and_import() {
    for (name, office, guard) in offices() {
        let staging = Staging::new(guard.folder().join("staging"), office.keys.clone());
        let staged = staging.keep(7, "C:\\文件\\李明.lrmx", lrmx(&[]).as_bytes(), Moment(1_000)).unwrap();
        assert_eq!(staged.name, "李明.lrmx");

        let seen = read(&office, |desk| staging.offered(&staged, |file| Preview::of(desk, file, &Choices::default(), &mut |_, _| {})));
        staging.keep_preview(&staged, &seen).unwrap();
        staging.keep_choices(&staged, &Choices { name_is_enough: true, ..Choices::default() }).unwrap();

        let later = staging.find(7, &staged.id).unwrap();
        assert_eq!(staging.preview(&later).unwrap(), Some(seen.clone()), "{name}");
        let choices = staging.choices(&later).unwrap();
        let applied = write(&office, |desk| staging.offered(&later, |file| intake::apply(desk, file, Some(seen.head), &choices, &mut |_, _| {})));
        assert_eq!(applied.summary.new, 1, "{name}");
        staging.forget(&later).unwrap();
        assert!(matches!(staging.find(7, &staged.id), Err(Error::NotStaged)));
    }
}

#[test]
fn an_upload_of_somebody_else_is_not_found_and_old_ones_are_swept() {
    let (_, office, guard) = offices().remove(0);
    let staging = Staging::new(guard.folder().join("staging"), office.keys.clone());
    let staged = staging.keep(7, "李明.lrmx", b"<Person/>", Moment(1_000)).unwrap();
    assert!(matches!(staging.find(8, &staged.id), Err(Error::NotStaged)));
    assert!(matches!(staging.find(7, "../../etc"), Err(Error::NotStaged)));
    assert_eq!(staging.sweep(Moment(1_000 + 3_600), 86_400), 0);
    assert_eq!(staging.sweep(Moment(1_000 + 90_000), 86_400), 1);
    assert!(matches!(staging.find(7, &staged.id), Err(Error::NotStaged)));
}
