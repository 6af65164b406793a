//! The index of words answers alike on both engines.

use domain::ids::CampaignId;
use store::search::{Spot, Stretch, find, put};
use store::testing::each_engine;

fn spot(left: i64, ord: i64) -> Spot {
    Spot {
        campaign: CampaignId(1),
        level: 4,
        left,
        ord,
    }
}

fn phrase(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

#[test]
fn phrases_are_found_in_order_and_a_section_written_anew_answers_with_its_new_words() {
    each_engine(|db| {
        let found = db
            .write(|tx| -> store::Result<Vec<Vec<Spot>>> {
                put(tx, spot(3, 0), "nghia trang liet si")?;
                put(tx, spot(2, 1), "trang tri nghia quan")?;
                put(tx, spot(2, 0), "nghia trang xa")?;
                put(tx, spot(2, 0), "nghia dia xa")?;
                let all = Stretch::campaign(CampaignId(1));
                let rest = all.behind(Some(spot(2, 1)));
                Ok(vec![
                    find(tx, &[phrase("nghia trang")], &all, 9)?,
                    find(tx, &[phrase("nghia"), phrase("trang")], &all, 9)?,
                    find(tx, &[phrase("nghia"), phrase("trang")], &all, 1)?,
                    find(tx, &[phrase("nghia")], &rest.expect("more behind"), 9)?,
                    find(tx, &[phrase("xa")], &Stretch::campaign(CampaignId(2)), 9)?,
                ])
            })
            .expect("written and found");
        let wanted = [
            vec![spot(3, 0)],
            vec![spot(2, 1), spot(3, 0)],
            vec![spot(2, 1)],
            vec![spot(3, 0)],
            vec![],
        ];
        assert_eq!(found, wanted, "{:?}", db.engine());
    });
}
