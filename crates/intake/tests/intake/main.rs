#[test]
fn both_offices_open() {
    for (name, office, _guard) in registry::testing::offices() {
        assert!(!name.is_empty() && office.today() == registry::testing::TODAY);
    }
}
